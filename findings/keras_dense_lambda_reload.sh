#!/bin/sh
# A Keras model with `Dense(..., activation=lambda ...)` is saved, but can never be loaded again.
#
# Expected: as Keras's own warning says while saving, a lambda can be loaded with safe_mode=False;
# a Lambda layer with the same function is. Seen with Keras 3.15.1 on TensorFlow 2.21.0: the
# configuration of the Dense layer keeps the lambda's "value" only, without the class name that
# tells what it is, so that loading ends in a TypeError whatever safe_mode says. The file looks
# whole until it is needed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet keras==3.15.1 tensorflow-cpu==2.21.0
cat > "$folder/look.py" <<'PYTHON'
import os
import tempfile
import warnings

warnings.simplefilter("ignore")
import keras


def outcome(*layers):
    model = keras.Sequential([keras.Input((3,)), *layers, keras.layers.Dense(1)])
    path = os.path.join(tempfile.mkdtemp(), "model.keras")
    model.save(path)
    try:
        keras.models.load_model(path, safe_mode=False)
    except Exception as error:
        return type(error).__name__
    return "loaded"


dense = keras.layers.Dense
print("Lambda layer:", outcome(dense(2), keras.layers.Lambda(lambda z: z * z)))
print("Dense(activation=lambda):", outcome(dense(2, activation=lambda z: z * z)))
print("kept of the lambda:", sorted(dense(2, activation=lambda z: z * z).get_config()["activation"]))
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/look.py" 2>/dev/null | tee "$folder/seen"
grep -q "^Lambda layer: loaded$" "$folder/seen"
grep -q "^Dense(activation=lambda): TypeError$" "$folder/seen"
grep -q "^kept of the lambda: \['value'\]$" "$folder/seen"
echo "As described: the Lambda layer comes back, the Dense layer does not."
