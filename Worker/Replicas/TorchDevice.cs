using System.Globalization;
using DistGan.Recipes;
using TorchSharp;

namespace DistGan.Worker.Replicas;

/// <summary>Devices by the names of leases: cpu, cuda:I.</summary>
internal static class TorchDevice
{
    /// <exception cref="MachineException">There is no such device in this process.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cpu")
        {
            return torch.CPU;
        }

        var index = int.Parse(name.AsSpan(name.IndexOf(':') + 1), CultureInfo.InvariantCulture);
        var count = torch.cuda_is_available() ? torch.cuda.device_count() : 0;
        return index < count
            ? torch.device(DeviceType.CUDA, index)
            : throw new MachineException($"Device {name} is not there: libtorch sees {count} CUDA devices; use a build with -p:Accelerator=cuda or DISTGAN_LIBTORCH, or --device cpu.");
    }
}
