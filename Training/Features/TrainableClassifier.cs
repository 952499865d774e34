using DistGan.Training.Arithmetic;
using DistGan.Training.Snapshots;
using DistGan.Training.Vectors;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>The network of <see cref="FeatureNetwork"/> while it is fitted: with batch normalisation behind each convolution, and dropout.</summary>
internal sealed class TrainableClassifier : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d[] _convolutions;
    private readonly Normalisation[] _normalisations;
    private readonly Linear _hidden;
    private readonly Linear _output;
    private readonly double _dropout;

    public TrainableClassifier(double dropout)
        : base(nameof(TrainableClassifier))
    {
        _dropout = dropout;
        var widths = FeatureNetwork.Channels;
        _convolutions = [.. widths.Select((width, i) => nn.Conv2d(i == 0 ? 1 : widths[i - 1], width, 3L, padding: 1L))];
        _normalisations = [.. widths.Select(static width => new Normalisation(width))];
        var shapes = FeatureNetwork.Shapes().ToDictionary(static s => s.Name, static s => s.Shape);
        _hidden = nn.Linear(shapes["hidden.weight"][1], shapes["hidden.weight"][0]);
        _output = nn.Linear(shapes["output.weight"][1], shapes["output.weight"][0]);
        for (var i = 0; i < widths.Length; i++)
        {
            register_module($"conv{i + 1}", _convolutions[i]);
            register_parameter($"norm{i + 1}_scale", _normalisations[i].Scale);
            register_parameter($"norm{i + 1}_shift", _normalisations[i].Shift);
            register_buffer($"norm{i + 1}_mean", _normalisations[i].Mean);
            register_buffer($"norm{i + 1}_variance", _normalisations[i].Variance);
        }

        register_module("hidden", _hidden);
        register_module("output", _output);
    }

    public override Tensor forward(Tensor input)
    {
        var x = input;
        for (var i = 0; i < _convolutions.Length; i++)
        {
            x = nn.functional.max_pool2d(nn.functional.relu(_normalisations[i].Of(_convolutions[i].forward(x), training)), 2, 2);
        }

        x = nn.functional.relu(_hidden.forward(x.flatten(1)));
        return _output.forward(nn.functional.dropout(x, _dropout, training));
    }

    /// <summary>
    /// Weights without normalisation: with s = γ/√(v+ε), the convolution W·x + b followed by (y − m)·s + β is (s·W)·x + (b − m)·s + β.
    /// </summary>
    public IReadOnlyList<NamedArray> Fold()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var arrays = new List<NamedArray>();
        for (var i = 0; i < _convolutions.Length; i++)
        {
            var (convolution, norm) = (_convolutions[i], _normalisations[i]);
            var scale = norm.Scale / norm.Variance.Plus(Normalisation.Epsilon).sqrt();
            arrays.Add(Array($"conv{i + 1}.weight", convolution.weight * scale.view(-1, 1, 1, 1)));
            arrays.Add(Array($"conv{i + 1}.bias", ((convolution.bias! - norm.Mean) * scale).Plus(norm.Shift)));
        }

        arrays.Add(Array("hidden.weight", _hidden.weight));
        arrays.Add(Array("hidden.bias", _hidden.bias!));
        arrays.Add(Array("output.weight", _output.weight));
        arrays.Add(Array("output.bias", _output.bias!));
        return arrays;
    }

    private static NamedArray Array(string name, Tensor tensor) => new(name, "F32", tensor.shape, VectorBytes.Copy(tensor));

    /// <summary>
    /// Batch normalisation γ·(x − m)/√(v + ε) + β over the batch and all positions, and running m and v (Ioffe and Szegedy 2015). The
    /// library's module would count its batches with a scalar that nothing keeps.
    /// </summary>
    private sealed class Normalisation(long width)
    {
        public const double Epsilon = 1e-5;
        private const double Momentum = 0.1;

        public Parameter Scale { get; } = nn.Parameter(ones(width));

        public Parameter Shift { get; } = nn.Parameter(zeros(width));

        public Tensor Mean { get; } = zeros(width);

        public Tensor Variance { get; } = ones(width);

        public Tensor Of(Tensor x, bool isTraining)
            => nn.functional.batch_norm(x, Mean, Variance, Scale, Shift, isTraining, Momentum, Epsilon);
    }
}
