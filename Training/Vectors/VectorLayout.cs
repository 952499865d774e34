using DistGan.Recipes;
using DistGan.Training.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>Which named tensors lie where in one contiguous vector.</summary>
public sealed class VectorLayout
{
    public VectorLayout(IReadOnlyList<VectorEntry> entries)
    {
        Entries = entries;
        Sizes = [.. entries.Select(static entry => entry.Length)];
        Length = Sizes.Sum();
    }

    public IReadOnlyList<VectorEntry> Entries { get; }

    /// <summary>Numbers of each entry, in order.</summary>
    public long[] Sizes { get; }

    /// <summary>Numbers in the whole vector.</summary>
    public long Length { get; }

    /// <summary>Views of <paramref name="flat"/> (1-D, contiguous, <see cref="Length"/> numbers) in the entries' shapes; they share its storage.</summary>
    public Tensor[] Views(Tensor flat)
        => [.. Entries.Select(entry =>
        {
            using var range = flat.narrow(0, entry.Offset, entry.Length);
            return range.view(entry.Shape);
        })];

    /// <summary>The entries as parts of a graph through <paramref name="vector"/>; their gradients flow into it.</summary>
    public Tensor[] Split(Tensor vector)
    {
        if (Entries.Count == 0)
        {
            return [];
        }

        var parts = vector.split(Sizes);
        return [.. parts.Select((part, i) => part.view(Entries[i].Shape))];
    }

    /// <summary>A new vector on <paramref name="device"/> with every entry as it starts. Drawn on the CPU, so that devices agree.</summary>
    public Tensor Initialize(Generator generator, Device device, ScalarType type = ScalarType.Float32)
    {
        using var noGrad = no_grad();
        using var flat = zeros(Length, type);
        foreach (var (entry, view) in Entries.Zip(Views(flat)))
        {
            entry.Initial.Fill(view, generator);
            view.Dispose();
        }

        return flat.to(device, copy: true);
    }

    /// <summary>Host copies of the entries of a float32 vector.</summary>
    public IReadOnlyList<NamedArray> ToArrays(Tensor flat, string prefix = "")
    {
        var bytes = VectorBytes.Copy(flat);
        return [.. Entries.Select(entry => new NamedArray(
            prefix + entry.Name,
            "F32",
            entry.Shape,
            bytes.AsMemory((int)(entry.Offset * sizeof(float)), (int)(entry.Length * sizeof(float)))))];
    }

    /// <summary>Writes arrays with this layout's names into a float32 vector.</summary>
    /// <exception cref="DistGanException">An entry is missing or has another shape.</exception>
    public void FromArrays(IReadOnlyList<NamedArray> arrays, Tensor flat, string prefix = "")
    {
        var byName = arrays.ToDictionary(static array => array.Name);
        var bytes = new byte[Length * sizeof(float)];
        foreach (var entry in Entries)
        {
            if (!byName.TryGetValue(prefix + entry.Name, out var array))
            {
                throw new DistGanException($"The file has no tensor {prefix + entry.Name}, which this recipe's network needs: use the recipe that made the file.");
            }

            if (array.Type != "F32" || !array.Shape.SequenceEqual(entry.Shape))
            {
                throw new DistGanException(
                    $"Tensor {array.Name} is {array.Type} [{string.Join(", ", array.Shape)}] in the file, but this recipe's network needs F32 [{string.Join(", ", entry.Shape)}]: use the recipe that made the file.");
            }

            array.Bytes.Span.CopyTo(bytes.AsSpan((int)(entry.Offset * sizeof(float))));
        }

        VectorBytes.Load(flat, bytes);
    }
}
