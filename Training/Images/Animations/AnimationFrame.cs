namespace DistGan.Training.Images.Animations;

/// <summary>One picture of an animation.</summary>
/// <param name="Picture">What is shown; all frames of an animation have one size.</param>
/// <param name="Duration">For how long.</param>
public sealed record AnimationFrame(PixelGrid Picture, TimeSpan Duration);
