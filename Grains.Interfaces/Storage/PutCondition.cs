namespace DistGan.Grains.Interfaces.Storage;

/// <summary>When a write is allowed.</summary>
public readonly record struct PutCondition
{
    private PutCondition(bool absent, string? tag)
    {
        MustBeAbsent = absent;
        Tag = tag;
    }

    /// <summary>The object must not exist.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The object must have this tag; null for no such condition.</summary>
    public string? Tag { get; }

    public static PutCondition None => default;

    public static PutCondition IfAbsent => new(true, null);

    public static PutCondition IfTag(string tag) => new(false, tag);
}
