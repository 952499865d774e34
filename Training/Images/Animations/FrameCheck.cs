using DistGan.Recipes;

namespace DistGan.Training.Images.Animations;

/// <summary>Frames as the formats need them: as many as were promised, all of one size.</summary>
internal static class FrameCheck
{
    /// <summary>The frames one by one, checked as they pass.</summary>
    /// <exception cref="DistGanException">There are more or fewer, or one has another size.</exception>
    public static IEnumerable<AnimationFrame> Uniform(int count, IEnumerable<AnimationFrame> frames)
    {
        PixelGrid? first = null;
        var number = 0;
        foreach (var frame in frames)
        {
            first ??= frame.Picture;
            var picture = frame.Picture;
            if ((picture.Width, picture.Height, picture.Channels) != (first.Width, first.Height, first.Channels))
            {
                throw new DistGanException($"Frame {number} of the animation is {picture.Width} by {picture.Height} in {picture.Channels} channels, but the first is {first.Width} by {first.Height} in {first.Channels}: all must be alike.");
            }

            number++;
            yield return frame;
        }

        if (number != count || count == 0)
        {
            throw new DistGanException($"An animation of {count} frames got {number}: it needs as many as were said, and at least one.");
        }
    }
}
