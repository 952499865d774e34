using System.Runtime.CompilerServices;
using DistGan.Training.Native;

namespace DistGan.Training.Tests;

internal static class NativeLoading
{
#pragma warning disable CA2255 // tests touch TorchSharp's types before any of Training
    [ModuleInitializer]
    internal static void Load() => NativeBackend.Load();
#pragma warning restore CA2255
}
