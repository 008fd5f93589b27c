//! `#[derive(Crossing)]`: a type's parts as bytes, one after the other; a variant's number comes before its parts. Refuses
//! generics and unions, which no message has.

use proc_macro2::TokenStream;
use quote::format_ident;
use quote::quote;
use syn::Data;
use syn::DeriveInput;
use syn::Error;
use syn::Fields;
use syn::Result;
use syn::parse_macro_input;

#[proc_macro_derive(Crossing)]
pub fn crossing(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(tokens as DeriveInput);
    implement(&input)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let (put, take) = match &input.data {
        Data::Struct(data) => {
            let (shape, parts) = parts(&data.fields);
            let take = take(&data.fields);
            (
                quote!(let Self #shape = self; #(#parts.put(to);)*),
                quote!(Self #take),
            )
        }
        Data::Enum(data) => {
            let (mut put, mut taken) = (TokenStream::new(), TokenStream::new());
            for (nth, variant) in data.variants.iter().enumerate() {
                let variant_name = &variant.ident;
                let nth = nth as u8;
                let (shape, parts) = parts(&variant.fields);
                put.extend(
                    quote!(Self::#variant_name #shape => { #nth.put(to); #(#parts.put(to);)* }),
                );
                let take = take(&variant.fields);
                // The last one's number needs no look: there is no other.
                let number = match usize::from(nth) + 1 == data.variants.len() {
                    true => quote!(_),
                    false => quote!(#nth),
                };
                taken.extend(quote!(#number => Self::#variant_name #take,));
            }
            (
                quote!(match self { #put }),
                quote!(match u8::take(from) { #taken }),
            )
        }
        Data::Union(_) => return Err(Error::new_spanned(name, "a union can't cross")),
    };
    Ok(quote! {
        impl ::lifeline::crossing::Crossing for #name {
            fn put(&self, to: &mut ::std::vec::Vec<u8>) {
                use ::lifeline::crossing::Crossing as _;
                #put
            }

            fn take(from: &mut &[u8]) -> Self {
                use ::lifeline::crossing::Crossing as _;
                #take
            }
        }
    })
}

/// A pattern that names the parts by their number, and these names.
fn parts(fields: &Fields) -> (TokenStream, Vec<syn::Ident>) {
    let parts: Vec<syn::Ident> = (0..fields.len())
        .map(|nth| format_ident!("part_{nth}"))
        .collect();
    let shape = match fields {
        Fields::Named(named) => {
            let names = named.named.iter().map(|field| &field.ident);
            quote!({ #(#names: #parts),* })
        }
        Fields::Unnamed(_) => quote!((#(#parts),*)),
        Fields::Unit => TokenStream::new(),
    };
    (shape, parts)
}

/// The parts in their order, each taken from the bytes.
fn take(fields: &Fields) -> TokenStream {
    let take = quote!(::lifeline::crossing::Crossing::take(from));
    match fields {
        Fields::Named(named) => {
            let names = named.named.iter().map(|field| &field.ident);
            quote!({ #(#names: #take),* })
        }
        Fields::Unnamed(unnamed) => {
            let all = unnamed.unnamed.iter().map(|_| &take);
            quote!((#(#all),*))
        }
        Fields::Unit => TokenStream::new(),
    }
}
