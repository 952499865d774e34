using DistGan.Training.Conditions;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>
/// D at parameters θ' that are part of a graph, in the master precision. Normalisation uses the statistics of each batch anew, and
/// the running ones stay as they are.
/// </summary>
internal sealed class ImaginedDiscriminator : ICritic
{
    private readonly Network _network;
    private readonly NetworkPass _pass;
    private readonly Conditioning _conditioning;

    /// <param name="model">D.</param>
    /// <param name="theta">θ', of the length and type of θ.</param>
    /// <param name="conditioning">What labels do to D.</param>
    public ImaginedDiscriminator(PlayerModel model, Tensor theta, Conditioning conditioning)
    {
        _conditioning = conditioning;
        _network = model.Network;
        var weights = model.Parameters.Layout.Split(theta);
        _pass = new NetworkPass(new WeightViews(weights, weights), model.Buffers.Views, Statistics.Batch);
    }

    /// <summary>All that the head gives out [N, 1 + …].</summary>
    public Tensor Output(SampleBatch batch) => _network.Forward(_pass, _conditioning.Join(batch.Samples, batch.Codes));

    /// <summary>The same, with what enters the head.</summary>
    public TappedOutput Judge(SampleBatch batch) => _network.ForwardWithFeatures(_pass, _conditioning.Join(batch.Samples, batch.Codes));

    /// <summary>∇ₓD in a graph through θ' and, where x has one, through x: a penalty at generated samples moves with the generator.</summary>
    public Tensor Gradient(Tensor x, Tensor? codes)
    {
        var input = x.requires_grad ? x : x.detach().requires_grad_(true);
        return Gradients.Of(_conditioning.Score(Output(new(input, codes)), codes), input, createGraph: true);
    }
}
