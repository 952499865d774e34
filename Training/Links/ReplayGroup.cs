namespace DistGan.Training.Links;

/// <summary>Images that came out of one generator pass, kept together because batch statistics couple them.</summary>
/// <param name="Step">The step that made them.</param>
/// <param name="Count">How many images.</param>
public readonly record struct ReplayGroup(long Step, int Count);
