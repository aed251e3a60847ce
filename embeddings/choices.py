"""What can be chosen for an encoder, kept apart from it: settings are read before it is loaded."""

from typing import Literal

BUNDLED_MODEL = "all-MiniLM-L6-v2"

Backend = Literal["torch", "onnx", "openvino"]
Dtype = Literal["float32", "float16", "bfloat16"]
