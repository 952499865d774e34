using System.CommandLine;
using DistGan.Hosting.Processes;

namespace DistGan.Client.Commands;

/// <summary>Settings of hosts on the command line.</summary>
internal static class HostSettings
{
    /// <summary>What such a host reads.</summary>
    public static IReadOnlyList<(string Key, string Meaning)> KeysOf(HostUse host) => [.. HostKeys.Of(host).Select(static key => (key.Name, key.Meaning))];

    public static Argument<string[]> Argument()
    {
        var settings = new Argument<string[]>("KEY=VALUE") { Description = "Settings over those of appsettings.json and the environment.", Arity = ArgumentArity.ZeroOrMore };
        settings.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"'{token.Value}' is no setting: expected KEY=VALUE, such as Orleans:ClusterId=lab.");
            }
        });
        return settings;
    }
}
