using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Recipes;

namespace DistGan.Grains.Discriminators;

/// <summary>Numbers that come in parts, in any order; a part that comes again takes the place of the first.</summary>
internal sealed class NumbersInParts(int parts)
{
    private readonly ReadOnlyMemory<float>[] _parts = new ReadOnlyMemory<float>[parts];
    private int _missing = parts;

    public int Count => _parts.Length;

    public bool IsWhole => _missing == 0;

    /// <summary>A part; empty where it has not come.</summary>
    public ReadOnlyMemory<float> this[int part] => part >= 0 && part < _parts.Length ? _parts[part] : default;

    /// <exception cref="DistGanException">It is a part of something else.</exception>
    public void Add(NumbersPart part)
    {
        if (part.Parts != _parts.Length || part.Part < 0 || part.Part >= _parts.Length || part.Values.IsEmpty)
        {
            throw new DistGanException($"Part {part.Part} of {part.Parts} with {part.Values.Length} numbers does not fit numbers in {_parts.Length} parts: all replicas of a job must have the same recipe.");
        }

        _missing -= _parts[part.Part].IsEmpty ? 1 : 0;
        _parts[part.Part] = part.Values;
    }

    /// <summary>Gives a part away.</summary>
    public ReadOnlyMemory<float> Take(int part)
    {
        var taken = this[part];
        if (!taken.IsEmpty)
        {
            _parts[part] = default;
            _missing++;
        }

        return taken;
    }
}
