using System.Collections;

namespace DistGan.Recipes;

/// <summary>Texts in order that are equal where their elements are, so that records which hold them compare by value.</summary>
internal sealed class NameList(IEnumerable<string> names) : IReadOnlyList<string>
{
    private readonly string[] _names = [.. names];

    public int Count => _names.Length;

    public string this[int index] => _names[index];

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is NameList other && _names.SequenceEqual(other._names);

    public override int GetHashCode() => _names.Aggregate(_names.Length, static (hash, name) => HashCode.Combine(hash, name));
}
