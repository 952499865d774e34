namespace DistGan.Training.Export;

/// <summary>A named constant of a node: one of a number, integers, or a text.</summary>
internal sealed record OnnxAttribute
{
    public required string Name { get; init; }

    public float? Number { get; init; }

    public long? Integer { get; init; }

    public IReadOnlyList<long>? Integers { get; init; }

    public string? Text { get; init; }

    public static OnnxAttribute Of(string name, double value) => new() { Name = name, Number = (float)value };

    public static OnnxAttribute Of(string name, long value) => new() { Name = name, Integer = value };

    public static OnnxAttribute Of(string name, string value) => new() { Name = name, Text = value };

    public static OnnxAttribute Of(string name, IReadOnlyList<long> values) => new() { Name = name, Integers = values };

    /// <summary>The same number for height and width, or for all four sides.</summary>
    public static OnnxAttribute Repeated(string name, long value, int times) => new() { Name = name, Integers = [.. Enumerable.Repeat(value, times)] };
}
