using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>
/// A generator as it is shown, scored and exported: given weights in the master precision, with statistics that belong to them.
/// Batch statistics of averaged weights are not the average of batch statistics, so they are recomputed over fixed latents
/// (standing statistics, Brock et al. 2019, appendix C.1).
/// </summary>
public sealed class ShownGenerator : IDisposable
{
    private const int StandingBatches = 16;
    private const int StandingBatch = 64;
    private const int SampleBatch = 64;

    private readonly Network _network;
    private readonly LatentSource _latents;
    private readonly Tensor[] _weights;
    private readonly BufferVector _buffers;

    /// <param name="network">The generator.</param>
    /// <param name="weights">θ to show, in the generator's layout; kept, not owned.</param>
    /// <param name="buffers">β to begin with, in the generator's layout; copied. Running statistics are computed anew, other buffers stay or go on from there.</param>
    /// <param name="latents">Draws z from (seed, purpose).</param>
    public ShownGenerator(Network network, Tensor weights, Tensor buffers, LatentSource latents)
    {
        _network = network;
        _latents = latents;
        using var noGrad = no_grad();
        _weights = [.. network.Parameters.Views(weights).Select(static view => view.DetachFromDisposeScope())];
        _buffers = new BufferVector(network.Buffers, buffers.clone());
        if (network.Definition.MovesBuffers)
        {
            ComputeStandingStatistics();
        }
    }

    /// <summary>β that belongs to the weights.</summary>
    public Tensor Buffers => _buffers.Values;

    /// <summary>Samples [count, …] on the CPU, as float32; the caller disposes them.</summary>
    public Tensor Sample(string purpose, int count)
    {
        using var noGrad = no_grad();
        using var z = _latents.Draw(count, purpose);
        return Generate(z);
    }

    /// <summary>Samples of latents [N, size], on the CPU, as float32; the caller disposes them.</summary>
    public Tensor Generate(Tensor latents)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (count, samples) = (latents.shape[0], (Tensor?)null);
        for (var start = 0L; start < count; start += SampleBatch)
        {
            using var inner = NewDisposeScope();
            var part = Forward(latents.narrow(0, start, Math.Min(SampleBatch, count - start)), Statistics.Running, 0).cpu().to_type(ScalarType.Float32);
            // Written in place: 26,000 images are in memory once, not as parts and as a whole.
            samples ??= empty([count, .. part.shape[1..]], ScalarType.Float32).MoveToOuterDisposeScope();
            samples.narrow(0, start, part.shape[0]).copy_(part);
        }

        return samples!.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var view in _weights)
        {
            view.Dispose();
        }

        _buffers.Dispose();
    }

    private Tensor Forward(Tensor z, Statistics statistics, double momentum)
        => _network.Forward(new NetworkPass(new WeightViews(_weights, _weights), _buffers.Views, statistics, momentum), z);

    private void ComputeStandingStatistics()
    {
        for (var i = 0; i < StandingBatches; i++)
        {
            using var scope = NewDisposeScope();

            // Momentum 1/(i+1) makes the running statistics the plain mean over the batches so far.
            _ = Forward(_latents.Draw(StandingBatch, "standing-statistics", i), Statistics.BatchAndUpdate, 1.0 / (i + 1));
        }
    }
}
