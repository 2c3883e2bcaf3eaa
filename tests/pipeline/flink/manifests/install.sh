#!/usr/bin/env bash
# Puts the operator's own definition of a FlinkDeployment into .tools/flink-operator, which git ignores. kustomize and
# kubectl-validate come from tests/pipeline/kubeflow/manifests/install.sh. Needs Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
version=1.10.0
definition=META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml
folder=.tools/flink-operator
mkdir -p "$folder"
mvn -B -q dependency:copy -DoutputDirectory="$PWD/$folder" \
  -Dartifact=org.apache.flink:flink-kubernetes-operator-api:$version
python3 -m zipfile --extract "$folder/flink-kubernetes-operator-api-$version.jar" "$folder/unpacked"
(cd "$folder/unpacked" && echo "5f2b489140be56a972195971b8331f22f2c46d7f0de68cbd11ddf919cbc073a9  $definition" | sha256sum --check --quiet --strict)
mv "$folder/unpacked/$definition" "$folder/flinkdeployments.yml"
rm -r "$folder/unpacked"
