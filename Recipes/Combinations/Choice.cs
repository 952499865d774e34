namespace DistGan.Recipes;

/// <summary>One choice that a recipe makes: an objective, a technique that is on, a network of a player.</summary>
/// <param name="Key">The dotted key, such as <c>objective</c> or <c>techniques.packing</c>.</param>
/// <param name="Value">Its value as inline YAML: a name, or for a technique the options that are not defaults.</param>
public sealed record Choice(string Key, string Value)
{
    /// <summary>What turns a technique on with its defaults.</summary>
    public const string On = "{}";

    /// <summary>The choice as <c>--set</c> takes it.</summary>
    public string Assignment => $"{Key}={Value}";

    /// <summary>What tables call it: the key of what is merely on, else key and value.</summary>
    public override string ToString() => Value == On ? Key : $"{Key}: {Value}";
}
