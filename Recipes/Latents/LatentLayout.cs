namespace DistGan.Recipes;

/// <summary>
/// A row of the generator's input: noise z, then its code: one number a category (a one-hot label), then the continuous ones.
/// [z_1 … z_n | y_1 … y_K | c_1 … c_m]
/// </summary>
/// <remarks>
/// The first layer of a generator is linear in its input, W·(z ⊕ y) = W_z·z + W_y·y, and of a one-hot y the last term is one column of
/// W_y: a learnt vector for each label. So joining labels is an embedding of labels, and no network needs to know of it.
/// </remarks>
/// <param name="Noise">Length n of z.</param>
/// <param name="Categories">K: classes of the data, or categories of InfoGAN; 0 for none.</param>
/// <param name="Continuous">m: continuous codes in [−1, 1].</param>
public sealed record LatentLayout(int Noise, int Categories, int Continuous)
{
    /// <summary>Numbers of a code.</summary>
    public int Code => Categories + Continuous;

    /// <summary>Numbers of a row.</summary>
    public int Width => Noise + Code;

    /// <summary>The layout of a recipe.</summary>
    /// <param name="recipe">What is trained.</param>
    /// <param name="classes">Classes of its data; 0 where they have no labels.</param>
    /// <exception cref="DistGanException">The recipe uses labels, and there are none.</exception>
    public static LatentLayout Of(Recipe recipe, int classes)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Conditioning.Layout(recipe.Latent.Size, classes);
    }

    /// <summary>Overwrites those parts of a row's code that are chosen.</summary>
    /// <param name="row"><see cref="Width"/> numbers.</param>
    /// <param name="choice">The label, the continuous codes, or neither.</param>
    /// <exception cref="DistGanException">There is no such label, or another number of continuous codes.</exception>
    public void Write(Span<float> row, LatentChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Width, nameof(row));
        if (choice.Label is { } label)
        {
            WriteLabel(row, label);
        }

        if (choice.Continuous is { } continuous)
        {
            WriteContinuous(row, continuous);
        }
    }

    /// <summary>The label of a row; null where there are no categories.</summary>
    public int? LabelOf(ReadOnlySpan<float> row)
    {
        var categories = row.Slice(Noise, Categories);
        var best = Categories > 0 ? 0 : (int?)null;
        for (var k = 1; k < Categories; k++)
        {
            best = categories[k] > categories[best!.Value] ? k : best;
        }

        return best;
    }

    private void WriteLabel(Span<float> row, int label)
    {
        if (label < 0 || label >= Categories)
        {
            throw new DistGanException(Categories == 0
                ? $"Label {label} was asked for, but the generator was trained without labels: leave the label away."
                : $"Label {label} was asked for, but the generator knows {Categories}: give one from 0 to {Categories - 1}.");
        }

        var categories = row.Slice(Noise, Categories);
        categories.Clear();
        categories[label] = 1;
    }

    private void WriteContinuous(Span<float> row, IReadOnlyList<double> continuous)
    {
        if (continuous.Count != Continuous)
        {
            throw new DistGanException($"{continuous.Count} continuous codes were given, but the generator has {Continuous}: give as many.");
        }

        for (var j = 0; j < Continuous; j++)
        {
            row[Noise + Categories + j] = (float)continuous[j];
        }
    }
}
