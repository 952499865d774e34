using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>The balance of the job as the coordinator's newest answer has it.</summary>
internal sealed class DirectedBalance(ReportLink reports) : IBalanceSource
{
    public IReadOnlyList<double>? Newest => reports.Directives.Balance;
}
