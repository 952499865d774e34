using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DistGan.Hosting.Processes;

/// <summary>
/// An entry of the log on one line: time, level, who, what, and of an exception its sentences. The places in the code where it was thrown
/// follow where <c>DistGan:Log:Traces</c> is true.
/// </summary>
internal sealed class LineFormatter(IConfiguration? configuration = null, TimeProvider? time = null) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";
    public const string TracesKey = "DistGan:Log:Traces";

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly bool _traces = bool.TryParse(configuration?[TracesKey], out var asked) && asked;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var why = logEntry.Exception is { } exception ? $" ({Reasons(exception)})" : "";
        textWriter.WriteLine(OneLine($"{_time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {Level(logEntry.LogLevel)}: {logEntry.Category}: {message}{why}"));
        if (_traces && logEntry.Exception is not null)
        {
            textWriter.WriteLine(OneLine($"    {logEntry.Exception}"));
        }
    }

    /// <summary>The sentences of an exception and of what caused it, each once.</summary>
    private static string Reasons(Exception exception)
    {
        var sentences = new List<string>();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            var sentence = inner.Message.Split('\n', 2)[0].TrimEnd('\r', '.', ' ');
            if (sentence.Length > 0 && !sentences.Exists(known => known.Contains(sentence, StringComparison.Ordinal)))
            {
                sentences.Add(sentence);
            }
        }

        return sentences.Count == 0 ? exception.GetType().Name : string.Join("; ", sentences);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
