using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Doctor;
using Spectre.Console;

namespace DistGan.Client.Commands;

/// <summary><c>doctor</c>: what works on this machine, and what to do about what does not.</summary>
public static class DoctorCommand
{
    private const string Schema = "distgan.doctor/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("doctor", "Checks this machine: libtorch, devices, cores, memory, disk; says what to do about what does not work.")
        {
            CommonOptions.Output, CommonOptions.NoColor,
        };
        command.SetAction(parsed => Run(console.With(parsed), parsed.GetValue(CommonOptions.Output)));
        return new(command,
        [
            new("distgan doctor", "a line for each check; exit code 1 if one fails"),
            new("distgan doctor -o json", "the same for a program"),
        ]);
    }

    private static int Run(CommandConsole console, OutputFormat format)
    {
        var results = new List<CheckResult>();
        var terminal = Terminals.Create(console);
        foreach (var check in Checks.All)
        {
            var result = Checks.Make(check, console.Time);
            results.Add(result);
            if (format != OutputFormat.Json)
            {
                Write(console, terminal, result);
            }
        }

        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(results));
        }

        return results.Any(static result => result.Status == CheckStatus.Fail) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(CommandConsole console, IAnsiConsole terminal, CheckResult result)
    {
        var color = result.Status switch { CheckStatus.Ok => Color.Green, CheckStatus.Warn => Color.Yellow, _ => Color.Red };
        var mark = NameOf(result.Status).PadRight(5);
        if (console.IsTerminal)
        {
            terminal.Write(new Spectre.Console.Text(mark, new Style(color)));
        }
        else
        {
            console.Out.Write(mark);
        }

        console.Out.WriteLine($"{result.Name}: {result.Finding}");
        if (result.Advice is not null)
        {
            console.Out.WriteLine($"     {result.Advice}");
        }
    }

    private static JsonObject Document(List<CheckResult> results) => new()
    {
        ["schema"] = Schema,
        ["ok"] = results.All(static result => result.Status != CheckStatus.Fail),
        ["checks"] = new JsonArray([.. results.Select(static result => (JsonNode)new JsonObject
        {
            ["name"] = result.Name,
            ["status"] = NameOf(result.Status),
            ["finding"] = result.Finding,
            ["advice"] = result.Advice,
        })]),
    };

    private static string NameOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        _ => "fail",
    };
}
