import pathlib,sys,time
from tests.image.plain_folder import PlainFolder
f=PlainFolder(pathlib.Path("/tmp/i9d/main"),pathlib.Path("/tmp/i9d/image"))
t=time.time(); f.build(); print(time.time()-t, f.layers)
