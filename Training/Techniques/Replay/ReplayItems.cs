using System.Buffers.Binary;
using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Replay;

/// <summary>
/// Generated samples as they are stored for replay: each is its bytes (<see cref="SampleCodec"/>) and, where the recipe uses labels, its label
/// as four bytes, little-endian, so that D judges it later with the label that it was made for.
/// </summary>
/// <param name="recipe">Whether there are labels.</param>
/// <param name="shape">Of a sample.</param>
/// <param name="classes">Classes of the data; 0 where the recipe uses no labels.</param>
internal sealed class ReplayItems(Recipe recipe, SampleShape shape, int classes)
{
    private readonly int _labelBytes = recipe.Conditioning.LabelBytes;

    /// <summary>Bytes of one item.</summary>
    public int ItemBytes => shape.ItemBytes + _labelBytes;

    /// <summary>Writes items.</summary>
    /// <param name="samples">[N, …].</param>
    /// <param name="codes">One-hot labels [N, K], where the recipe uses labels.</param>
    /// <param name="destination">N items.</param>
    public void Encode(Tensor samples, Tensor? codes, Span<byte> destination)
    {
        if (_labelBytes == 0)
        {
            SampleCodec.Encode(samples, destination);
            return;
        }

        var bytes = new byte[destination.Length / ItemBytes * shape.ItemBytes];
        SampleCodec.Encode(samples, bytes);
        var labels = LabelCodec.LabelsOf(codes ?? throw new InvalidOperationException("Samples of a conditional generator are stored with their labels, and these have none."));
        for (var i = 0; i < labels.Length; i++)
        {
            var item = destination.Slice(i * ItemBytes, ItemBytes);
            bytes.AsSpan(i * shape.ItemBytes, shape.ItemBytes).CopyTo(item);
            BinaryPrimitives.WriteInt32LittleEndian(item[shape.ItemBytes..], labels[i]);
        }
    }

    /// <summary>Reads <paramref name="count"/> items.</summary>
    public SampleBatch Decode(ReadOnlySpan<byte> items, int count, Device device)
    {
        if (_labelBytes == 0)
        {
            return new(SampleCodec.Decode(items, shape, count, device), null);
        }

        var (bytes, labels) = (new byte[count * shape.ItemBytes], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var item = items.Slice(i * ItemBytes, ItemBytes);
            item[..shape.ItemBytes].CopyTo(bytes.AsSpan(i * shape.ItemBytes));
            labels[i] = BinaryPrimitives.ReadInt32LittleEndian(item[shape.ItemBytes..]);
        }

        return new(SampleCodec.Decode(bytes, shape, count, device), LabelCodec.OneHot(labels, classes, device));
    }
}
