using System.CommandLine;

namespace DistGan.Client.Commands;

/// <summary>Settings of hosts on the command line.</summary>
internal static class HostSettings
{
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
