using System.Reflection;
using System.Runtime.InteropServices;
using DistGan.Training.Native;
using TorchSharp;

namespace DistGan.Bench.Measuring;

/// <summary>What a figure depends on besides the code.</summary>
internal sealed record Machine(string Processor, int Cores, int Threads, long Seed, string System, string Runtime, string TorchSharp, string Libtorch, string DistGan)
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Whether the CPU multiplies bfloat16 in hardware.</summary>
    public static bool HasBfloat16 { get; } = Field("flags").Split(' ').Any(static flag => flag is "avx512_bf16" or "amx_bf16");

    public static Machine Describe(BenchOptions options) => new(
        Field("model name"),
        Environment.ProcessorCount,
        options.Threads,
        options.Seed,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        VersionOf(typeof(torch).Assembly),
        NativeBackend.RequiredVersion,
        VersionOf(typeof(NativeBackend).Assembly));

    private static string VersionOf(Assembly assembly)
        => (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+')[0];

    private static string Field(string name)
    {
        var line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? $"{RuntimeInformation.ProcessArchitecture}" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
