using DistGan.Grains.Workers;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Silo;

/// <summary>The section <c>DistGan:Placement</c> of a silo's configuration.</summary>
public static class PlacementConfiguration
{
    /// <summary>How slots are given away.</summary>
    /// <exception cref="DistGanException">The section is wrong; the message has every value that is out of its bounds.</exception>
    public static PlacementOptions Read(IConfiguration configuration)
    {
        PlacementOptions options;
        try
        {
            options = configuration.GetSection(PlacementOptions.Section).Get<PlacementOptions>() ?? new();
        }
        catch (InvalidOperationException exception)
        {
            // The sentence names key, value and type.
            throw new DistGanException(exception.Message, exception);
        }

        var faults = options.Faults();
        return faults.Count == 0 ? options : throw new DistGanException($"{PlacementOptions.Section} is wrong: {string.Join(' ', faults)}");
    }
}
