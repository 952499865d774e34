using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Optimizers;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>One player: its network, θ, β and optimiser.</summary>
public sealed class PlayerModel : IDisposable
{
    public PlayerModel(Player player, Network network, ParameterVector parameters, BufferVector buffers, IOptimizer optimizer)
    {
        Player = player;
        Network = network;
        Parameters = parameters;
        Buffers = buffers;
        Optimizer = optimizer;
    }

    public Player Player { get; }

    public Network Network { get; }

    public ParameterVector Parameters { get; }

    public BufferVector Buffers { get; }

    public IOptimizer Optimizer { get; }

    /// <summary>
    /// Evaluates the network so that one backward fills <see cref="ParameterVector.Gradient"/>; batch statistics move the running ones.
    /// A gradient of this gradient must not be taken: <see cref="TrainPrecisely"/> is for that.
    /// </summary>
    public Tensor Train(Tensor x)
        => Network.Forward(new NetworkPass(Parameters.Leaves, Buffers.Views, Statistics.BatchAndUpdate) { TakesFirstDerivativesAlone = !x.requires_grad }, x);

    /// <summary>As <see cref="Train"/>, in the master precision and without touching running statistics: for penalties.</summary>
    public Tensor TrainPrecisely(Tensor x)
        => Network.Forward(new NetworkPass(Parameters.MasterLeaves, Buffers.Views, Statistics.Batch), x);

    /// <summary>Evaluates the network with weights that record no gradient; gradients flow to <paramref name="x"/>.</summary>
    public Tensor Freeze(Tensor x, Statistics statistics)
        => Network.Forward(new NetworkPass(Parameters.Frozen, Buffers.Views, statistics), x);

    /// <summary>As <see cref="Freeze"/>, with what enters the network's head; only for first derivatives.</summary>
    public TappedOutput FreezeWithFeatures(Tensor x, Statistics statistics)
        => Network.ForwardWithFeatures(new NetworkPass(Parameters.Frozen, Buffers.Views, statistics) { TakesFirstDerivativesAlone = true }, x);

    public void Dispose()
    {
        Optimizer.Dispose();
        Buffers.Dispose();
        Parameters.Dispose();
    }
}
