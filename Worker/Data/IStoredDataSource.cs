namespace DistGan.Worker.Data;

/// <summary>Where uploaded data sets come from.</summary>
public interface IStoredDataSource
{
    /// <summary>A part of a data set; its manifest where no number is given. Null where there is none.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string id, int? part, CancellationToken cancellationToken);
}
