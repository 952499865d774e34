using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Discriminators;

/// <summary>Batches of generated samples between tensors and the numbers that replicas exchange: samples [N, …], then codes [N, code], row-major, float32, exact.</summary>
/// <param name="shape">[N, …].</param>
/// <param name="codes">Numbers of a code; 0 where samples have none.</param>
/// <param name="device">Where tensors lie.</param>
internal sealed class BatchNumbers(long[] shape, int codes, Device device)
{
    private readonly int _samples = checked((int)shape.Aggregate(1L, static (product, size) => product * size));

    /// <summary>Numbers of a batch.</summary>
    private int Length => checked(_samples + ((int)shape[0] * codes));

    /// <summary>The numbers of a batch, without its graph.</summary>
    public ReadOnlyMemory<float> Encode(SampleBatch batch)
    {
        var numbers = new float[Length];
        VectorBytes.CopyTo(batch.Samples, numbers.AsSpan(0, _samples));
        if (batch.Codes is { } given && codes > 0)
        {
            VectorBytes.CopyTo(given, numbers.AsSpan(_samples));
        }

        return numbers;
    }

    /// <summary>The batch of numbers, in the current dispose scope.</summary>
    /// <exception cref="DistGanException">There are more or fewer than a batch has.</exception>
    public SampleBatch Decode(ReadOnlyMemory<float> numbers)
    {
        if (numbers.Length != Length)
        {
            throw new DistGanException($"A batch of {numbers.Length} numbers came from the generator's replica, expected {Length} for [{string.Join(", ", shape)}] and codes of {codes}: all replicas of a job must have the same recipe and data.");
        }

        return new(Tensor(numbers[.._samples], shape), codes == 0 ? null : Tensor(numbers[_samples..], [shape[0], codes]));
    }

    /// <summary>The numbers of a gradient at the samples.</summary>
    public ReadOnlyMemory<float> EncodeGradient(Tensor gradient)
    {
        var numbers = new float[_samples];
        VectorBytes.CopyTo(gradient, numbers);
        return numbers;
    }

    /// <summary>A gradient at the samples [N, …], in the current dispose scope.</summary>
    /// <exception cref="DistGanException">There are more or fewer numbers than samples have.</exception>
    public Tensor DecodeGradient(ReadOnlyMemory<float> numbers)
        => numbers.Length == _samples
            ? Tensor(numbers, shape)
            : throw new DistGanException($"A gradient of {numbers.Length} numbers came from the discriminators, expected {_samples} for [{string.Join(", ", shape)}]: all replicas of a job must have the same recipe and data.");

    private Tensor Tensor(ReadOnlyMemory<float> numbers, long[] dimensions)
    {
        var tensor = empty(dimensions, ScalarType.Float32, device);
        VectorBytes.Load(tensor, MemoryMarshal.AsBytes(numbers.Span));
        return tensor;
    }
}
