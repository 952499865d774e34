using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Arithmetic;

/// <summary>Threads compute while the garbage collector runs as often as it can. With the library's own <c>x + y</c> the same load ends in errors.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class CollectionTests
{
    private const int Threads = 2;
    private const int Collections = 12_000;

    [Fact]
    public void Arithmetic_WhileTheCollectorRuns_ReadsNoFreedScalar()
    {
        var faults = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var workers = Enumerable.Range(0, Threads).Select(n => new Thread(() => Compute(n, faults, enough.Token))).ToList();

        workers.ForEach(static worker => worker.Start());
        for (var i = 0; i < Collections; i++)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }

        enough.Cancel();
        workers.ForEach(static worker => worker.Join());
        Assert.True(faults.IsEmpty, $"{faults.Count} faults, the first: {faults.FirstOrDefault()}");
    }

    /// <summary>
    /// (x + y + r)·½ with another r in every round. The sum of a float32 and a float64 vector reads its scalar after it has converted
    /// one of them, so that there is time to free it.
    /// </summary>
    private static void Compute(int n, ConcurrentQueue<string> faults, CancellationToken enough)
    {
        using var x = ones(2000, ScalarType.Float32);
        using var y = ones(2000, ScalarType.Float64);
        for (var r = n + 0.25; !enough.IsCancellationRequested; r += Threads)
        {
            try
            {
                using var scope = NewDisposeScope();
                var found = (x.Plus(y).Plus(r) * Scalars.Of(0.5))[^1].item<double>();
                if (found != (2 + r) * 0.5)
                {
                    faults.Enqueue($"expected {(2 + r) * 0.5:R}, found {found:R}");
                }
            }
            catch (ExternalException error)
            {
                faults.Enqueue(error.Message);
            }
        }
    }
}
