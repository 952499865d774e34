using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DistGan.Architecture.Tests.Documents;

/// <summary>The program of docs/library.md, compiled and run as it stands there.</summary>
public sealed partial class LibraryPageTests
{
    private const string Page = "docs/library.md";
    private const int MostLines = 60;

    /// <summary>What a console project has without writing it.</summary>
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq;";

    [Fact]
    public void Program_OfTheLibraryPage_TrainsItsOwnNetworksOnItsOwnData()
    {
        var program = Program();
        Assert.True(program.Split('\n').Length < MostLines, $"The program of {Page} has {program.Split('\n').Length} lines, expected fewer than {MostLines}.");

        var lines = Run(Compile(program)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(7, lines.Length);
        Assert.All(lines.Take(6), static line => Assert.Matches(@"^step \d+: d_loss -?\d+\.\d{3}$", line));
        var radius = double.Parse(Radius().Match(lines[6]).Groups["radius"].Value);
        Assert.InRange(radius, 0.7, 1.3);
    }

    private static string Program()
        => Regex.Match(Repository.Read(Page), @"```csharp\n(?<program>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["program"].Value;

    private static Assembly Compile(string program)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "LibraryPage",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), CSharpSyntaxTree.ParseText(program, options)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, $"The program of {Page} does not compile:\n{string.Join('\n', result.Diagnostics.Where(static found => found.Severity == DiagnosticSeverity.Error))}");
        return Assembly.Load(image.ToArray());
    }

    private static string Run(Assembly program)
    {
        var (before, written) = (Console.Out, new StringWriter { NewLine = "\n" });
        Console.SetOut(written);
        try
        {
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }

        return written.ToString();
    }

    [GeneratedRegex(@"^mean radius (?<radius>\d+\.\d+), ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Radius();
}
