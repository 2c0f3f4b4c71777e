using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew info</c>.</summary>
internal static class InfoCommand
{
    public static EwCommand Create() =>
        new EwCommand("info", "Shows the suite's version, services, limits and intake counts.", "ew info").Does(
            async (_, context, cancellation) =>
                context.Show(await context.Suite.Server.GetServerInfoAsync(new(), cancellationToken: cancellation), info =>
                    Print(context.Print, info)
                )
        );

    private static void Print(Printer print, GetServerInfoResponse info)
    {
        var limits = info.Limits ?? new();
        print.Line($"{DisplayText.Exercise(info.Exercise)}Early Warning {info.Version}, {DisplayText.Moment(info.ServerTime)}");
        print.Line($"services  {string.Join(", ", info.Services)}");
        foreach (var process in info.Processes.Where(process => process.Address.Length > 0))
        {
            print.Line(
                $"process   {process.Address}: {string.Join(", ", process.Services)}; {process.Version}, since "
                    + $"{DisplayText.Moment(process.StartTime)}"
            );
        }

        print.Line(
            $"limits    {DisplayText.Count(limits.MaxBatchItems)} items a batch, {DisplayText.Count(limits.MaxMessageBytes)} bytes a "
                + $"message, "
                + $"{DisplayText.Count(limits.MaxInFlightBatches)} batches in flight, "
                + $"{DisplayText.Count(limits.MaxStreamsPerConnection)} calls "
                + $"at once on a connection, "
                + $"{DisplayText.Span(limits.MaxClockLead)} ahead of the clock, {DisplayText.Count(limits.ResendWindow)} ids remembered"
        );
        print.Line(
            $"          {DisplayText.Several(limits.MaxRunningOperations, "operation")} at once, "
                + $"{DisplayText.Count(limits.MaxQueuedOperations)} "
                + $"waiting, "
                + $"{DisplayText.Count(limits.MaxKeptOperations)} kept, each {DisplayText.Span(limits.OperationRetention)} from its end "
                + $"and "
                + $"{DisplayText.Count(limits.MaxOperationResultBytes)} bytes"
        );
        print.Line(
            info.Intake is { } intake
                ? $"intake    {DisplayText.Count(intake.Recorded)} recorded, {DisplayText.Count(intake.Duplicates)} duplicates, "
                    + $"{DisplayText.Count(intake.Rejected)} rejected, {DisplayText.Count(intake.Retried)} to be sent again"
                : "intake    not known: no process that takes observations in has answered"
        );
    }
}
