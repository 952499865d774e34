using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>
/// y = γ·(x − μ)/√(σ² + ε) + b per channel, μ and σ² (biased) over the batch and all positions, or the running ones
/// (Ioffe and Szegedy 2015, algorithms 1 and 2). Input [N, C] or [N, C, H, W]. γ, b and statistics are float32 in every precision.
/// </summary>
/// <param name="Spread">Standard deviation of γ around 1 at the start.</param>
/// <param name="Epsilon">ε.</param>
public sealed record BatchNormalization(double Spread = 0.02, double Epsilon = 1e-5) : ICouplesSamples
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length is 1 or 3, nameof(BatchNormalization), "[C] or [C, H, W]", input);
        long[] shape = [input[0]];
        var scale = layout.Weight("scale", shape, Initializer.Normal(1, Spread));
        var shift = layout.Weight("shift", shape, Initializer.Zero);
        var mean = layout.Buffer("running_mean", shape, Initializer.Zero);
        var variance = layout.Buffer("running_var", shape, Initializer.Constant(1));
        return new(input, (pass, x) => Normalize(pass, x, pass.Master(scale), pass.Master(shift), mean, variance));
    }

    private torch.Tensor Normalize(NetworkPass pass, torch.Tensor x, torch.Tensor scale, torch.Tensor shift, BufferHandle mean, BufferHandle variance)
        => pass.Statistics switch
        {
            Statistics.Batch => torch.nn.functional.batch_norm(x, null!, null!, scale, shift, training: true, momentum: 0, eps: Epsilon),
            Statistics.BatchAndUpdate => torch.nn.functional.batch_norm(x, pass[mean], pass[variance], scale, shift, training: true, momentum: pass.Momentum, eps: Epsilon),
            _ => torch.nn.functional.batch_norm(x, pass[mean], pass[variance], scale, shift, training: false, momentum: 0, eps: Epsilon),
        };
}
