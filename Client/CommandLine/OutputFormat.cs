namespace DistGan.Client.CommandLine;

/// <summary>What standard output carries.</summary>
public enum OutputFormat
{
    /// <summary>Text for a person.</summary>
    Table,

    /// <summary>Text with further columns.</summary>
    Wide,

    /// <summary>One JSON document and nothing else.</summary>
    Json,
}
