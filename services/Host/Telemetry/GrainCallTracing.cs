using System.Diagnostics;
using EarlyWarning.Store.Tracing;

namespace EarlyWarning.Host.Telemetry;

/// <summary>
/// Takes the trace of a caller along into the grain that it calls. Orleans' own propagation makes a trace of every call, which here are
/// those that the suite makes for itself each second too; this one goes on with traces and begins none.
/// </summary>
internal sealed class GrainCallTracing : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const string Carried = "traceparent";
    private static readonly ActivitySource s_activities = new("EarlyWarning.Host");

    /// <summary>Sends what runs now along.</summary>
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (Traces.Current is { Length: > 0 } trace)
        {
            RequestContext.Set(Carried, trace);
        }
        else
        {
            RequestContext.Remove(Carried);
        }

        return context.Invoke();
    }

    /// <summary>Goes on with what came along.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var span = RequestContext.Get(Carried) is string trace
            ? s_activities.StartChild($"{context.InterfaceName}/{context.MethodName}", ActivityKind.Server, trace)
            : null;
        span?.SetTag("rpc.system", "orleans")
            .SetTag("rpc.service", context.InterfaceName)
            .SetTag("rpc.method", context.MethodName)
            .SetTag("earlywarning.grain", context.TargetId.Key.ToString());
        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().Name).Fail(exception.Message);
            throw;
        }
    }
}
