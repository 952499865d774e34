using DistGan.Recipes;
using DistGan.Training.Native;
using TorchSharp;

namespace DistGan.Worker.Slots;

/// <summary>The devices of this process.</summary>
internal static class WorkerDevices
{
    /// <summary>How many CUDA devices libtorch sees; CUDA_VISIBLE_DEVICES narrows and numbers them.</summary>
    /// <exception cref="DistGanException">libtorch does not load.</exception>
    public static int CountCuda()
    {
        NativeBackend.Load();
        return torch.cuda_is_available() ? torch.cuda.device_count() : 0;
    }
}
