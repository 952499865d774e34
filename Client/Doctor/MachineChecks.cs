using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using DistGan.Client.Display;

namespace DistGan.Client.Doctor;

/// <summary>Checks of the machine and the current folder.</summary>
internal static class MachineChecks
{
    private const double SmallMemory = 2e9;
    private const double SmallDisk = 1e9;

    public static CheckResult Processor()
    {
        var flags = CpuFlags();
        var widest = Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";
        var bfloat16 = flags.Contains("avx512_bf16") || flags.Contains("amx_bf16");
        var finding = $"{RuntimeInformation.ProcessArchitecture}, {widest}, bfloat16 {(bfloat16 ? "in hardware" : "not in hardware")}";
        return RuntimeInformation.ProcessArchitecture == Architecture.X64 && !Avx2.IsSupported
            ? new("processor", CheckStatus.Warn, finding, "training will be slow without AVX2")
            : new("processor", CheckStatus.Ok, finding);
    }

    public static CheckResult Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes < SmallMemory
            ? new("memory", CheckStatus.Warn, Text.Bytes(bytes), "lower batch, width or techniques.experience-replay.budget-bytes")
            : new("memory", CheckStatus.Ok, Text.Bytes(bytes));
    }

    public static CheckResult Disk(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var finding = $"{Text.Bytes(free)} free in {folder}";
        return free < SmallDisk
            ? new("disk", CheckStatus.Warn, finding, "free some, or train with --run-dir on another disk")
            : new("disk", CheckStatus.Ok, finding);
    }

    public static CheckResult Loopback()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return new("loopback", CheckStatus.Ok, $"a port can be opened ({((IPEndPoint)listener.LocalEndpoint).Port})");
        }
        catch (SocketException exception)
        {
            return new("loopback", CheckStatus.Fail, exception.Message, "the cluster inside the process talks over 127.0.0.1: allow it in the firewall or sandbox");
        }
    }

    public static CheckResult Store(string folder)
    {
        var probe = Path.Combine(folder, $".distgan-doctor-{Environment.ProcessId}");
        try
        {
            ProbeStore(probe);
            return new("object store", CheckStatus.Ok, $"files in {folder} are written whole and renamed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("object store", CheckStatus.Fail, exception.Message.Replace(probe, folder, StringComparison.Ordinal), "train from a folder that you may write, or with --run-dir");
        }
        finally
        {
            if (Directory.Exists(probe))
            {
                Directory.Delete(probe, recursive: true);
            }
        }
    }

    private static HashSet<string> CpuFlags()
    {
        const string Source = "/proc/cpuinfo";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(static text => text.StartsWith("flags", StringComparison.Ordinal)) : null;
        return [.. (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static void ProbeStore(string probe)
    {
        Directory.CreateDirectory(probe);
        var first = Path.Combine(probe, "first");
        File.WriteAllBytes(first, [1]);
        File.Move(first, Path.Combine(probe, "second"), overwrite: true);
    }
}
