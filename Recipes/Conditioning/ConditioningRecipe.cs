using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>How labels or codes enter the networks; the kinds are listed in <see cref="RecipeKinds.Conditionings"/>.</summary>
public abstract record ConditioningRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Whether codes are labels of the data, so that each sample needs its class.</summary>
    [JsonIgnore]
    public virtual bool UsesLabels => false;

    /// <summary>Whether the generator gets a code with its noise.</summary>
    [JsonIgnore]
    public virtual bool HasCode => UsesLabels;

    /// <summary>Bytes that the label of a stored sample takes.</summary>
    [JsonIgnore]
    public int LabelBytes => UsesLabels ? sizeof(int) : 0;

    /// <summary>What a row of the generator's input is made of.</summary>
    /// <param name="noise">Length of z.</param>
    /// <param name="classes">Classes of the data; 0 where it has no labels.</param>
    /// <exception cref="DistGanException">It uses labels, and there are none.</exception>
    public virtual LatentLayout Layout(int noise, int classes)
        => !UsesLabels ? new LatentLayout(noise, 0, 0)
            : classes > 0 ? new LatentLayout(noise, classes, 0)
            : throw new DistGanException($"conditioning {Kind} needs the class of each sample, but the data have no labels: take data with labels, or conditioning none or infogan.");
}
