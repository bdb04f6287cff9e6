/**
 * What a node runs first. It settles where containers inside the node are accounted, so that a node's limits hold for them
 * and nothing of theirs outlives the node, then becomes the engine.
 *
 * cgroup v2 with a namespace of its own: the node's processes move to a leaf, because a group with processes cannot hand its
 * controllers to children. cgroup v1: inner groups go below the node's own.
 */
export const nodeEntry = `set -eu
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
  if [ "$(cat /proc/self/cgroup)" = "0::/" ]; then
    mkdir -p /sys/fs/cgroup/engine
    while read -r process; do
      echo "$process" > /sys/fs/cgroup/engine/cgroup.procs 2>/dev/null || true
    done < /sys/fs/cgroup/cgroup.procs
    for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
      echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
    done
  fi
  exec dockerd "$@"
fi
parent=$(sed -n 's/^[0-9]*:memory:\\(.*\\)$/\\1/p' /proc/self/cgroup)
exec dockerd --cgroup-parent "\${parent%/}/inner" "$@"
`;
