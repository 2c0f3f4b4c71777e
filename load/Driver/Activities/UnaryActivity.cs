using System.Diagnostics;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Activities;

/// <summary>Partners that report one observation a call.</summary>
internal sealed class UnaryActivity(Workbench bench, string flow, int partners) : IActivity
{
    private readonly Partner[] _partners = bench.Partners(flow, partners);

    public async Task<Called> CallAsync(long number, CancellationToken cancellationToken)
    {
        var partner = _partners[number % _partners.Length];
        var request = new RecordObservationRequest();
        lock (partner.Observations)
        {
            request.Observation = partner.Observations.Next();
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await new ObservationService.ObservationServiceClient(partner.Suite).RecordObservationAsync(
                request,
                deadline: Workbench.Deadline,
                cancellationToken: CancellationToken.None
            );
            return new(bench.Answers.Add([request.Observation], [answer.Outcome]), began);
        }
        catch (RpcException)
        {
            bench.Answers.Fail(1);
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
