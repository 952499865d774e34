namespace DistGan.Training.Export;

/// <summary>One operation of a graph.</summary>
/// <param name="Operation">Name in the standard operator set.</param>
/// <param name="Inputs">Names of values; empty for one that is left out.</param>
/// <param name="Output">Name of its result.</param>
/// <param name="Attributes">Its constants.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<OnnxAttribute> Attributes);
