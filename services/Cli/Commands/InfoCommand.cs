using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew info</c>.</summary>
internal static class InfoCommand
{
    public static EwCommand Create() =>
        new EwCommand("info", "Shows the suite's version, services, limits and intake counts.", "ew info").Does(
            async (_, session, cancellation) =>
                session.Show(await session.Suite.Server.GetServerInfoAsync(new(), cancellationToken: cancellation), info =>
                    Print(session.Print, info)
                )
        );

    private static void Print(Printer print, GetServerInfoResponse info)
    {
        var limits = info.Limits ?? new();
        print.Line($"{Wording.Exercise(info.Exercise)}Early Warning {info.Version}, {Wording.Moment(info.ServerTime)}");
        print.Line($"services  {string.Join(", ", info.Services)}");
        foreach (var process in info.Processes.Where(process => process.Address.Length > 0))
        {
            print.Line(
                $"process   {process.Address}: {string.Join(", ", process.Services)}; {process.Version}, since "
                    + $"{Wording.Moment(process.StartTime)}"
            );
        }

        print.Line(
            $"limits    {Wording.Count(limits.MaxBatchItems)} items a batch, {Wording.Count(limits.MaxMessageBytes)} bytes a message, "
                + $"{Wording.Count(limits.MaxInFlightBatches)} batches in flight, {Wording.Count(limits.MaxStreamsPerConnection)} calls "
                + $"at once on a connection, "
                + $"{Wording.Span(limits.MaxClockLead)} ahead of the clock, {Wording.Count(limits.ResendWindow)} ids remembered"
        );
        print.Line(
            $"          {Wording.Several(limits.MaxRunningOperations, "operation")} at once, {Wording.Count(limits.MaxQueuedOperations)} "
                + $"waiting, "
                + $"{Wording.Count(limits.MaxKeptOperations)} kept, each {Wording.Span(limits.OperationRetention)} from its end and "
                + $"{Wording.Count(limits.MaxOperationResultBytes)} bytes"
        );
        print.Line(
            info.Intake is { } intake
                ? $"intake    {Wording.Count(intake.Recorded)} recorded, {Wording.Count(intake.Duplicates)} duplicates, "
                    + $"{Wording.Count(intake.Rejected)} rejected, {Wording.Count(intake.Retried)} to be sent again"
                : "intake    not known: no process that takes observations in has answered"
        );
    }
}
