namespace DistGan.Recipes.Binding;

/// <summary>What the value of a key may be.</summary>
internal enum MemberForm
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>Text, often one of a few names.</summary>
    Text,

    /// <summary>Texts in order.</summary>
    List,

    /// <summary>A mapping with its own keys.</summary>
    Part,

    /// <summary>A name of a catalog, or a mapping with 'kind' and the options of that kind.</summary>
    Kinds,
}
