using DistGan.Client.Display;
using DistGan.Recipes;
using DistGan.Training.Native;
using TorchSharp;

namespace DistGan.Client.Doctor;

/// <summary>Checks of the mathematics library.</summary>
internal static class TorchChecks
{
    private const int MatrixSize = 1024;
    private const int Repetitions = 8;

    public static CheckResult Library()
    {
        try
        {
            NativeBackend.Load();
        }
        catch (DistGanException exception)
        {
            return new("libtorch", CheckStatus.Fail, exception.Message, "see the sentence above; without libtorch nothing can be trained");
        }

        using var one = torch.ones(1);
        var binding = typeof(torch).Assembly.GetName().Version;
        return new("libtorch", CheckStatus.Ok, $"{torch.__version__} with TorchSharp {binding}, from {NativeBackend.Folder ?? "the system"}");
    }

    /// <summary>A check that touches TorchSharp, which without libtorch fails with pages of its own.</summary>
    public static CheckResult IfLoaded(string name, Func<CheckResult> check)
    {
        try
        {
            NativeBackend.Load();
        }
        catch (DistGanException)
        {
            return new(name, CheckStatus.Warn, "not checked, as there is no libtorch");
        }

        return check();
    }

    public static CheckResult Devices()
    {
        if (!torch.cuda.is_available())
        {
            return new("devices", CheckStatus.Ok, "cpu; no CUDA device");
        }

        return new("devices", CheckStatus.Ok, $"cpu, {string.Join(", ", Enumerable.Range(0, torch.cuda.device_count()).Select(static index => $"cuda:{index}"))}");
    }

    public static CheckResult Threads()
    {
        var cores = Environment.ProcessorCount;
        var threads = torch.get_num_threads();
        var finding = $"{cores} {(cores == 1 ? "core" : "cores")}, libtorch uses {threads} {(threads == 1 ? "thread" : "threads")}";
        return threads > cores
            ? new("threads", CheckStatus.Warn, finding, "unset OMP_NUM_THREADS, or train with --threads")
            : new("threads", CheckStatus.Ok, finding);
    }

    public static CheckResult Speed(TimeProvider time)
    {
        var single = Measure(torch.float32, time);
        var half = Measure(torch.bfloat16, time);
        var finding = $"float32 {Text.Number(single)} GFLOP/s, bfloat16 {Text.Number(half)} GFLOP/s";
        return single < 10
            ? new("matrix product", CheckStatus.Warn, finding, "this machine is slow or busy; the default job will take long")
            : new("matrix product", CheckStatus.Ok, finding);
    }

    private static double Measure(torch.ScalarType type, TimeProvider time)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var a = torch.ones(MatrixSize, MatrixSize, dtype: type);
        var b = torch.ones(MatrixSize, MatrixSize, dtype: type);
        torch.mm(a, b).Dispose();
        var start = time.GetTimestamp();
        for (var i = 0; i < Repetitions; i++)
        {
            torch.mm(a, b).Dispose();
        }

        return 2.0 * MatrixSize * MatrixSize * MatrixSize * Repetitions / time.GetElapsedTime(start).TotalSeconds / 1e9;
    }
}
