using System.CommandLine;

namespace DistGan.Client.Champions;

/// <summary>The options that draw from champions.</summary>
internal static class DistributionOption
{
    public static Option<bool> Champions() => new("--champions")
    {
        Description = "Draws from the set of champions, the best generator of each mode, instead of one generator.",
    };

    public static Option<Distribution?> Distribution() => new("--distribution")
    {
        Description = "With --champions: how samples are spread over modes. uniform without it; real is that of the data; or shares of some modes.",
        HelpName = "uniform|real|MODE=SHARE,…",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            var parsed = Client.Champions.Distribution.Parse(text);
            if (parsed is null)
            {
                result.AddError($"--distribution {text}: give uniform, real, or different modes with shares above 0, such as 0=1,3=2.");
            }

            return parsed;
        },
    };
}
