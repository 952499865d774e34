using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Vectors;

public sealed class ParameterVectorTests
{
    private static readonly Network Net = new(new("probe", [2], [new Dense(2), new BatchNormalization(), new Dense(1)]));

    [Fact]
    public void Leaves_Backward_FillTheFlatGradient()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Net.Parameters, arange(13, dtype: ScalarType.Float32), ScalarType.Float32);

        foreach (var (leaf, i) in parameters.Leaves.Compute.Select(static (leaf, i) => (leaf, i)))
        {
            (leaf * (i + 1)).sum().backward();
        }

        Numbers.AssertEqual([1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6], parameters.Gradient);
        parameters.ClearGradient();
        Numbers.AssertEqual(new double[13], parameters.Gradient);
    }

    [Fact]
    public void Refresh_InBfloat16_RoundsTheMasterAndGradientsComeBack()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Net.Parameters, zeros(13), ScalarType.BFloat16);
        parameters.Values.fill_(1.001);

        Assert.Equal(0, parameters.Frozen.Compute[0][0, 0].to_type(ScalarType.Float32).item<float>());
        parameters.Refresh();
        Assert.Equal(1, parameters.Frozen.Compute[0][0, 0].to_type(ScalarType.Float32).item<float>());
        Assert.Equal(1.001f, parameters.Frozen.Master[0][0, 0].item<float>());

        (parameters.Leaves.Compute[0] * 2).sum().backward();
        (parameters.Leaves.Master[0] * 3).sum().backward();
        parameters.CollectGradient();
        Numbers.AssertEqual([5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], parameters.Gradient);
    }

    [Fact]
    public void Frozen_Backward_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Net.Parameters, ones(13), ScalarType.Float32);
        var x = ones(1, 2).requires_grad_(true);

        Net.Forward(new NetworkPass(parameters.Frozen, [zeros(2), ones(2)], Statistics.Running), x).sum().backward();

        Numbers.AssertEqual(new double[13], parameters.Gradient);
        Assert.True(x.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void FromArrays_OfToArrays_IsTheSameVector()
    {
        using var scope = NewDisposeScope();
        var flat = Numbers.Normal(1, ScalarType.Float32, 13);
        var back = zeros(13);

        Net.Parameters.FromArrays(Net.Parameters.ToArrays(flat, "adam."), back, "adam.");

        Numbers.AssertSameBytes(flat, back);
    }

    [Fact]
    public void FromArrays_MissingOrMisshapenTensor_IsRefusedAndNothingChanges()
    {
        using var scope = NewDisposeScope();
        var arrays = Net.Parameters.ToArrays(ones(13)).ToList();
        var target = zeros(13);

        var missing = Assert.Throws<DistGanException>(() => Net.Parameters.FromArrays([.. arrays.Skip(1)], target));
        arrays[0] = arrays[0] with { Shape = [4] };
        var misshapen = Assert.Throws<DistGanException>(() => Net.Parameters.FromArrays(arrays, target));

        Assert.Equal("The file has no tensor 0.weight, which this recipe's network needs: use the recipe that made the file.", missing.Message);
        Assert.Equal("Tensor 0.weight is F32 [4] in the file, but this recipe's network needs F32 [2, 2]: use the recipe that made the file.", misshapen.Message);
        Numbers.AssertEqual(new double[13], target);
    }

    [Fact]
    public void BufferVector_ViewChanged_ChangesTheVector()
    {
        using var scope = NewDisposeScope();
        using var buffers = new BufferVector(Net.Buffers, zeros(4));

        buffers.Views[1].fill_(7);

        Numbers.AssertEqual([0, 0, 7, 7], buffers.Values);
    }

    [Fact]
    public void Load_BytesOfCopy_RoundTripsAndEmptyVectorsAreFine()
    {
        using var scope = NewDisposeScope();
        var values = Numbers.Normal(2, ScalarType.Float32, 3, 4);
        var target = zeros(3, 4);

        VectorBytes.Load(target, VectorBytes.Copy(values));

        Numbers.AssertSameBytes(values, target);
        Assert.Empty(VectorBytes.Copy(zeros(0)));
    }
}
