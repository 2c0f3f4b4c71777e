using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Viewing;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Infrastructure;

/// <summary>Renders a part of a page for somebody who looks.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new Suite(false, ""));
        Services.AddSingleton(new SuiteClient(new FixedAnswers()));
    }

    private protected IRenderedComponent<CascadingValue<Sight>> Show<T>(Sight sight, params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        Render<CascadingValue<Sight>>(cascade =>
            cascade
                .Add(one => one.Value, sight)
                .Add(
                    one => one.ChildContent,
                    builder =>
                    {
                        builder.OpenComponent<T>(0);
                        foreach (var (name, value) in parameters)
                        {
                            builder.AddComponentParameter(1, name, value);
                        }

                        builder.CloseComponent();
                    }
                )
        );

    /// <summary>Has the viewer see what there is by now.</summary>
    private protected static void Look(IRenderedComponent<CascadingValue<Sight>> page, Sight now) =>
        page.Render(cascade => cascade.Add(one => one.Value, now).Add(one => one.ChildContent, page.Instance.ChildContent));
}
