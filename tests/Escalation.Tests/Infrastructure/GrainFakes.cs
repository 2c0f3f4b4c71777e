using System.Reflection;

namespace EarlyWarning.Escalation.Tests.Infrastructure;

/// <summary>Grains that answer from functions, without a silo: what is not told answers as if nothing were there.</summary>
public sealed class GrainFakes
{
    private readonly Dictionary<(Type Grain, string Method), Func<string, object?[], object?>> _answers = [];

    public GrainFakes() =>
        Factory = Proxy.Make<IGrainFactory>(
            (method, arguments) =>
                method.Name == nameof(IGrainFactory.GetGrain) && method.IsGenericMethod
                    ? Proxy.Make(method.GetGenericArguments()[0], (called, given) =>
                        Answer(method.GetGenericArguments()[0], called, $"{arguments[0]}", given)
                    )
                    : throw new InvalidOperationException($"{method} is not told.")
        );

    public IGrainFactory Factory { get; }

    /// <summary>The calls made, as <c>Interface.Method(key)</c>.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = new();

    public GrainFakes Tell<TGrain, TResult>(string method, Func<string, object?[], TResult> answer)
    {
        _answers[(typeof(TGrain), method)] = (key, arguments) => Task.FromResult(answer(key, arguments));
        return this;
    }

    private object? Answer(Type grain, MethodInfo method, string key, object?[] arguments)
    {
        Calls.Enqueue($"{grain.Name}.{method.Name}({key})");
        return _answers[(grain, method.Name)](key, arguments);
    }

    /// <summary>Answers every call of an interface by one function. Public, because the runtime derives from it.</summary>
    public class Proxy : DispatchProxy
    {
        private Func<MethodInfo, object?[], object?> _answer = (_, _) => null;

        public static T Make<T>(Func<MethodInfo, object?[], object?> answer)
            where T : class => (T)Make(typeof(T), answer);

        public static object Make(Type type, Func<MethodInfo, object?[], object?> answer)
        {
            var made = Create(type, typeof(Proxy));
            ((Proxy)made)._answer = answer;
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
    }
}
