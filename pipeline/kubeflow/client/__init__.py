"""Talks to the API server of Kubeflow Pipelines, with the REST half of kfp 2.5.0's client, kfp-server-api.

Not with `kfp.Client` itself: it waits without end for a server that does not answer, prints, writes into the home
folder, and needs urllib3 1, while its requests are these.
"""
