using System.Reflection;

namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>Grains without a silo: those given are asked as they are, all others know nothing.</summary>
public class Grains : DispatchProxy
{
    private object[] _grains = [];

    public static IGrainFactory Of(params object[] grains)
    {
        var factory = Create<IGrainFactory, Grains>();
        ((Grains)(object)factory)._grains = grains;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var asked = targetMethod!.GetGenericArguments()[0];
        return _grains.FirstOrDefault(asked.IsInstanceOfType) ?? Create(asked, typeof(Nothing));
    }

    /// <summary>Answers each call with nothing.</summary>
    public class Nothing : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            typeof(Task)
                .GetMethod(nameof(Task.FromResult))!
                .MakeGenericMethod(targetMethod!.ReturnType.GetGenericArguments()[0])
                .Invoke(null, [null]);
    }
}
